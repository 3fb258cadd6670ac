import argue from './argue'
import board from './board'
import common from './common'
import control from './control'
import lobby from './lobby'
import review from './review'
import rooms from './rooms'
import seat from './seat'

export default { ...common, ...lobby, ...seat, ...control, ...review, ...rooms, ...board, ...argue }
